/**
 * Origins that the frame's URL allows: `?origin=https://a.example&origin=http://localhost:8080`. Each must be an exact
 * origin; anything else (a path, a pattern, `null`) is ignored.
 */
export function allowedOrigins(search: string): string[] {
  return new URLSearchParams(search).getAll('origin').filter(isOrigin);
}

function isOrigin(text: string): boolean {
  if (!/^https?:\/\/[^*]+$/.test(text) || !URL.canParse(text)) return false;
  return new URL(text).origin === text;
}
