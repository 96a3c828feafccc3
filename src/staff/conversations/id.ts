/** A conversation's key as it stands in addresses: keys hold slashes, and whatever a channel puts into its ids. */
export const publicId = (key: string): string => Buffer.from(key).toString('base64url');

/** The key behind an id; one that is none finds nothing. */
export const keyOf = (id: string): string => Buffer.from(id, 'base64url').toString();
