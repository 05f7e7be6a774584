import { CallFailure, sentence } from "./call";

/** A form that is being sent: what is wrong stands at its field, or above all if no field is named. */
export class Form {
  isBusy = $state(false);
  problem = $state("");
  field = $state("");

  constructor(private readonly fields: string[]) {}

  /** What is wrong with a field. */
  at(field: string): string {
    return this.field === field ? this.problem : "";
  }

  /** What is wrong otherwise. */
  get other(): string {
    return this.field === "" ? this.problem : "";
  }

  wrong(field: string, problem: string): false {
    this.field = field;
    this.problem = problem;
    this.focus();
    return false;
  }

  /** Whether it succeeded. */
  async send(work: () => Promise<unknown>): Promise<boolean> {
    this.isBusy = true;
    this.problem = "";
    this.field = "";
    try {
      await work();
      return true;
    } catch (e) {
      this.problem = sentence(e);
      const named = e instanceof CallFailure ? (e.field ?? "") : "";
      this.field = this.fields.includes(named) ? named : "";
      this.focus();
      return false;
    } finally {
      this.isBusy = false;
    }
  }

  /** The reader is led to what is wrong. */
  private focus(): void {
    const field = this.field;
    if (field) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-field="${field}"]`)?.focus());
    }
  }
}
