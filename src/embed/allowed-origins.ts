/**
 * The origins that the frame's address allows to use it: `?origin=https://a.example&origin=http://localhost:8080`.
 * Each must be written as an origin exactly; anything else (a path, a pattern, `null`) allows nobody.
 */
export function allowedOrigins(search: string): string[] {
  return new URLSearchParams(search).getAll('origin').filter(isOrigin);
}

function isOrigin(text: string): boolean {
  if (!/^https?:\/\/[^*]+$/.test(text) || !URL.canParse(text)) return false;
  return new URL(text).origin === text;
}
