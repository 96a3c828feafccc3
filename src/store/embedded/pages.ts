/**
 * LMDB's file format, as far as is needed to see whether every page that a snapshot refers to is in the file. Layouts:
 * MDB_meta, MDB_page_header, MDB_node, MDB_db and MDB_ovpage in lmdb's own mdb.c (data format 2, 64 bits).
 */

/** Reads `length` bytes at `position`; what lies behind the end is zero. */
export type ReadAt = (position: number, length: number) => Buffer;

export interface Meta {
  pageSize: number;
  transaction: bigint;
  /** One more than the highest page that was ever given out: pages that are free again may never have been written. */
  pages: number;
  /** Written before its pages were synced; after a power cut lmdb goes back to an older one. */
  unsynced: boolean;
  roots: readonly [free: bigint, main: bigint];
}

const magic = 0xbeefc0de;
const version = 2;
const header = 24;
const unsyncedFlag = 0x1000;
const emptyTree = 0xffff_ffff_ffff_ffffn;
const smallestPage = 512;
const largestPage = 65_536;

/** The description of a snapshot that begins at `position`; undefined when there is none. */
export function metaAt(read: ReadAt, position: number): Meta | undefined {
  const page = read(position, 256);
  if (page.readUInt32LE(header) !== magic || (page.readUInt32LE(header + 4) & 0xffff) !== version) return undefined;
  const pageSize = page.readUInt32LE(48);
  if (pageSize < smallestPage || pageSize > largestPage || (pageSize & (pageSize - 1)) !== 0) return undefined;
  return {
    pageSize,
    transaction: page.readBigUInt64LE(152),
    pages: Number(page.readBigUInt64LE(144)) + 1,
    unsynced: (page.readUInt16LE(52) & unsyncedFlag) !== 0,
    roots: [page.readBigUInt64LE(88), page.readBigUInt64LE(136)],
  };
}

const branchPage = 0x01;
const leafPage = 0x02;
const overflowPage = 0x04;
const bigNode = 0x01;
const databaseNode = 0x02;

/** True when all that a snapshot refers to lies before `size`, and looks like a page of its kind. */
export function isWhole(read: ReadAt, meta: Meta, size: number): boolean {
  const pages = Math.floor(size / meta.pageSize);
  const waiting = meta.roots.filter((root) => root !== emptyTree);
  for (let root = waiting.pop(); root !== undefined; root = waiting.pop()) {
    if (root >= pages) return false;
    const page = read(Number(root) * meta.pageSize, meta.pageSize);
    if (page.readBigUInt64LE(0) !== root) return false;
    const children = childrenOf(page);
    if (!children) return false;
    for (const { first, count } of children.contents) {
      if (first + count > pages) return false;
      if ((read(Number(first) * meta.pageSize, header).readUInt16LE(18) & overflowPage) === 0) return false;
    }
    waiting.push(...children.pages);
  }
  return true;
}

interface Children {
  pages: bigint[];
  /** Long values, each on pages of its own. */
  contents: { first: bigint; count: bigint }[];
}

function childrenOf(page: Buffer): Children | undefined {
  const flags = page.readUInt16LE(18);
  const nodes = page.readUInt16LE(20) >> 1;
  if ((flags & (branchPage | leafPage)) === 0 || header + nodes * 2 > page.length) return undefined;
  const children: Children = { pages: [], contents: [] };
  for (let number = 0; number < nodes; number += 1) {
    const node = header + page.readUInt16LE(header + number * 2);
    if (node + 8 > page.length) return undefined;
    const low = page.readUInt32LE(node);
    const kind = page.readUInt16LE(node + 4);
    if (flags & branchPage) {
      children.pages.push((BigInt(kind) << 32n) | BigInt(low));
      continue;
    }
    const data = node + 8 + page.readUInt16LE(node + 6);
    if (kind & bigNode) {
      if (data + 24 > page.length) return undefined;
      children.contents.push({ first: page.readBigUInt64LE(data), count: page.readBigUInt64LE(data + 16) });
    } else if (kind & databaseNode) {
      if (data + 48 > page.length) return undefined;
      const root = page.readBigUInt64LE(data + 40);
      if (root !== emptyTree) children.pages.push(root);
    }
  }
  return children;
}
