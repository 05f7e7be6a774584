import type { ActInfo } from "../api";

/** What became of an act for which several admins may be needed. */
export function outcome(did: string, act: ActInfo | undefined): string {
  return act && !act.done
    ? `Noted: ${act.votes} of ${act.needed} admins have said so. It takes effect when the others do the same.`
    : did;
}
