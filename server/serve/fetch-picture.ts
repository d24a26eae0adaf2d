import { lookup } from 'node:dns/promises';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Refused } from './refused.ts';

export interface FetchOptions {
  /** Hosts that may be asked, by name, with port where it is not the usual one. */
  readonly hosts: readonly string[];
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
  /** Which addresses are not asked, whatever their name. Default: those that are no public host. */
  readonly refused?: (address: string) => boolean;
  /** The addresses of a name. Default: as the system knows them. */
  readonly resolve?: (name: string) => Promise<readonly { readonly address: string }[]>;
}

const TIMEOUT = 10_000;

/**
 * The bytes behind a URL: of an allowed host alone, which must not lead to this machine or its network. No redirect
 * is followed. The address that was checked is the one that is asked.
 * @throws Refused (400)
 */
export async function fetchPicture(
  source: string,
  {
    hosts,
    maxBytes,
    signal,
    refused = isPrivate,
    resolve = (name) => lookup(name, { all: true }),
  }: FetchOptions,
): Promise<Uint8Array> {
  const url = URL.canParse(source) ? new URL(source) : undefined;
  if (!url || !hosts.includes(url.host) || url.username !== '' || url.password !== '') {
    const taken = hosts.length === 0 ? 'none' : hosts.join(', ');
    throw wrong(`Pictures are fetched from allowed hosts only (${taken}). Send the picture as a data URL.`);
  }
  const address = await addressOf(url.hostname, refused, resolve);
  const ends = AbortSignal.any([AbortSignal.timeout(TIMEOUT), ...(signal ? [signal] : [])]);
  try {
    return await get(url, address, maxBytes, ends);
  } catch (error) {
    if (error instanceof Refused) throw error;
    signal?.throwIfAborted();
    throw wrong(`The picture at ${url.host} could not be had.`, error);
  }
}

async function addressOf(
  hostname: string,
  refused: (address: string) => boolean,
  resolve: NonNullable<FetchOptions['resolve']>,
): Promise<string> {
  const name = hostname.replace(/^\[|\]$/g, '');
  const found = isIP(name) ? [{ address: name }] : await resolve(name).catch(() => []);
  const [first] = found;
  if (!first || found.some(({ address }) => refused(address))) {
    throw wrong('The picture lies at an address that is not fetched from.');
  }
  return first.address;
}

function get(url: URL, address: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const family = isIP(address);
  // Asked again, the name might lead elsewhere.
  const pinned: LookupFunction = (_, wish, done) =>
    wish.all ? done(null, [{ address, family }]) : done(null, address, family);
  return new Promise((resolve, reject) => {
    const options = {
      signal,
      agent: false as const,
      headers: { accept: 'image/*' },
      lookup: pinned,
    };
    const sent = request(url, options, (response) => {
      const status = response.statusCode ?? 0;
      if (status !== 200) {
        sent.destroy();
        reject(wrong(`The picture's host answered ${status}; redirects are not followed.`));
        return;
      }
      const pieces: Buffer[] = [];
      let size = 0;
      response.on('data', (piece: Buffer) => {
        size += piece.byteLength;
        pieces.push(piece);
        if (size <= maxBytes) return;
        sent.destroy();
        reject(wrong(`The picture is larger than ${maxBytes} bytes.`));
      });
      response.on('end', () => resolve(Buffer.concat(pieces)));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Addresses that are no public host: RFC 6890's special-purpose registries. */
const special: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

/** Whether an address is of this machine, its network, or otherwise no public host. */
export function isPrivate(address: string): boolean {
  const list = new BlockList();
  for (const [network, prefix, type] of special) list.addSubnet(network, prefix, type);
  const family = isIP(address);
  return family === 0 || list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

function wrong(message: string, cause?: unknown): Refused {
  return new Refused({ status: 400, message, code: 'invalid_image' }, cause);
}
