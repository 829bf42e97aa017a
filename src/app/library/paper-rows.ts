/** Rows of a list that fit on a report's page, beside the other parts, for up to `ROOMY_PEOPLE` people; each further person takes the place of one. */
const PAPER_ROWS = 10;
const ROOMY_PEOPLE = 5;
const LEAST_ROWS = 4;

/** Number of rows of a session's list that its printed report shows. The page then counts the others. */
export function paperRows(people: number): number {
  return Math.max(LEAST_ROWS, PAPER_ROWS - Math.max(0, people - ROOMY_PEOPLE));
}
