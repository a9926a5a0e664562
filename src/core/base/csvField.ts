/** A text as one field of comma-separated values. */

/** RFC 4180, section 2: a field with a comma, quote or line break stands in quotes, and quotes in it are doubled. */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
