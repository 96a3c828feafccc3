import { crc32, deflateSync } from 'node:zlib';
import type { StoredFile } from '../channels/channel.js';
import type { Strand } from './time.js';
import type { World } from './world.js';

/** Stores a small picture or PDF, made up for a paper, as if somebody had sent it. */
export function savePaper({ core }: World, strand: Strand, paper: string): Promise<StoredFile & { paper: string }> {
  const isPdf = strand.chance.happens(0.35);
  const content = isPdf ? pdf(`Demonstration: ${paper}`) : picture(strand.chance.between(0, 255));
  const name = `${paper}.${isPdf ? 'pdf' : 'png'}`;
  return strand.does(async () => ({ ...(await core.ports.files.save(whole(content), { name })), paper }));
}

async function* whole(content: Buffer): AsyncGenerator<Uint8Array> {
  yield content;
}

const width = 240;
const height = 152;

/** A card with lines of grey writing, as a PNG (https://www.w3.org/TR/png-3/). */
function picture(tone: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a sample, three samples a pixel.
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Array.from({ length: height }, (_, y) => row(y, tone));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A row of pixels behind the byte that says that it is not filtered. */
function row(y: number, tone: number): Buffer {
  const pixels = Buffer.alloc(1 + width * 3, y < 28 ? tone : 243);
  pixels[0] = 0;
  const grey = (from: number, to: number): unknown => pixels.fill(150, 1 + from * 3, 1 + to * 3);
  if (y > 44 && y < 128) grey(16, 74);
  if (y > 44 && y % 20 > 12) grey(90, 225 - (y % 3) * 20);
  return pixels;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** One page with one line, and a table that says where each object begins. */
function pdf(line: string): Buffer {
  const stream = `BT /F1 18 Tf 60 760 Td (${line}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${places.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  const trailer = `trailer\n<< /Size ${places.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(`${text}${table}${trailer}`, 'latin1');
}
