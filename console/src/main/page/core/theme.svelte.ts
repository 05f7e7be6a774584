/** Light, dark, or what the system says. */
export type Theme = "system" | "light" | "dark";

const KEY = "swarm-theme";
const dark = globalThis.matchMedia?.("(prefers-color-scheme: dark)");

function stored(): Theme {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system"; // storage may be forbidden
  }
}

/** `changes` counts: charts are drawn again when it does. */
export const theme = $state<{ chosen: Theme; changes: number }>({ chosen: stored(), changes: 0 });

export function chooseTheme(chosen: Theme): void {
  theme.chosen = chosen;
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // It holds for this page then.
  }
  applyTheme();
}

export function applyTheme(): void {
  const ofSystem = dark?.matches ? "dark" : "light";
  document.documentElement.dataset.theme = theme.chosen === "system" ? ofSystem : theme.chosen;
  theme.changes++;
}

dark?.addEventListener("change", applyTheme);
