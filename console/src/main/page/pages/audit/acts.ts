/** The name of an event of a smart contract in words: MemberInvited is "member invited". */
export function actText(act: string): string {
  return act
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase();
}
