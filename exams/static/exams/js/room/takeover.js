/**
 * One attempt, one page at work on it. A page that finds another at work says so and offers to take over.
 */

const ELSEWHERE = new Set(["active_elsewhere", "superseded"]);

export const isElsewhere = (error) => ELSEWHERE.has(error.code);

/** Ask on the message panel; the returned promise resolves when the candidate takes over. */
export function offerTakeOver(panels, text, error) {
  const unsent = error.code === "superseded";
  return panels.say({
    title: text(unsent ? "supersededTitle" : "elsewhereTitle"),
    sentence: text(unsent ? "supersededText" : "elsewhereText"),
    action: text("takeOver"),
  });
}
