/** Decodes an address for people and file systems; one that is malformed stays as it is. */
export function safeDecode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch (error) {
    if (error instanceof URIError) {
      return address;
    }
    throw error;
  }
}
