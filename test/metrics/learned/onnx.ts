import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One operator of a tiny model. */
export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Integers, or lists of them. */
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

/** An ONNX file (protobuf, onnx.proto3) of a model with input `pixel_values` and float outputs of open shapes. */
export function onnxModel(nodes: readonly OnnxNode[], outputs: Readonly<Record<string, number>>): Buffer {
  const graph = message(
    ...nodes.map(({ op, inputs, outputs: results, attributes = {} }) =>
      field(
        1,
        message(
          ...inputs.map((name) => field(1, name)),
          ...results.map((name) => field(2, name)),
          field(4, op),
          ...Object.entries(attributes).map(([name, value]) => field(5, attribute(name, value))),
        ),
      ),
    ),
    field(2, 'tiny'),
    field(11, valueInfo('pixel_values', 4)),
    ...Object.entries(outputs).map(([name, rank]) => field(12, valueInfo(name, rank))),
  );
  return message(varint(1, 8), field(7, graph), field(8, message(field(1, ''), varint(2, 13))));
}

/** Writes a model folder as @huggingface/transformers reads it. */
export async function writeModel(
  folder: string,
  files: Readonly<Record<string, Buffer | object>>,
): Promise<void> {
  await mkdir(join(folder, 'onnx'), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), Buffer.isBuffer(content) ? content : JSON.stringify(content));
  }
}

/** A float tensor whose axes have names instead of sizes. */
function valueInfo(name: string, rank: number): Buffer {
  const shape = message(
    ...Array.from({ length: rank }, (_, axis) => field(1, message(field(2, `${name}_${axis}`)))),
  );
  return message(field(1, name), field(2, message(field(1, message(varint(1, 1), field(2, shape))))));
}

function attribute(name: string, value: number | readonly number[]): Buffer {
  if (typeof value === 'number') return message(field(1, name), varint(3, value), varint(20, 2));
  return message(field(1, name), ...value.map((item) => varint(8, item)), varint(20, 7));
}

function message(...parts: readonly Buffer[]): Buffer {
  return Buffer.concat(parts);
}

function field(number: number, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([encoded((number << 3) | 2), encoded(bytes.byteLength), bytes]);
}

function varint(number: number, value: number): Buffer {
  return Buffer.concat([encoded(number << 3), encoded(value)]);
}

function encoded(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Buffer.from([...bytes, rest]);
}
