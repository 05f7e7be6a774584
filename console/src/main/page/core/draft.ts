/** The terms in a draft's text, which is lines of key=value. */
export function draftTerms(text: string | null | undefined): Record<string, string> {
  const terms: Record<string, string> = {};
  for (const line of (text ?? "").split("\n")) {
    const equals = line.indexOf("=");
    if (equals > 0 && !line.startsWith("#")) {
      terms[line.slice(0, equals).trim()] = line.slice(equals + 1).trim();
    }
  }
  return terms;
}
