/// What this browser remembers of preferences. Never a token, never a person's data. A browser that refuses
/// storage only forgets.

const prefix = 'chautari.';

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(prefix + name, value);
  } catch {
    // Private mode or full: the preference lives as long as the page.
  }
}
