const whole = new Intl.NumberFormat('en');

/** `12,345` */
export function count(value: number): string {
  return whole.format(value);
}

/** `950`, `12.3k`, `1.2M` */
export function compact(value: number): string {
  return new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
    .format(value)
    .replace('K', 'k');
}

/** US dollars: `$0.0042`, `$1.25`; a dash where no price is known, as zero would look like a price. */
export function dollars(value: number): string {
  if (value === 0) return '–';
  return `$${value.toFixed(value < 1 ? 4 : 2)}`;
}

/** From milliseconds: `85 ms`, `4.2 s`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** From a share, 0 to 1: `0 %`, `0.04 %`, `2.3 %`, `41 %`. */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0) return '0 %';
  if (value < 0.01) return '< 0.01 %';
  return `${value.toFixed(value < 1 ? 2 : value < 10 ? 1 : 0)} %`;
}

/** From bytes: `0.4 MiB`, `32 MiB` */
export function mebibytes(bytes: number): string {
  const value = bytes / 2 ** 20;
  return `${value.toFixed(value < 10 ? 1 : 0)} MiB`;
}

/** `1 round`, `2 rounds` */
export function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** `data_error` as `data error` */
export function words(name: string): string {
  return name.replaceAll(/[_-]+/g, ' ');
}

const since = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });

/** `just now`, `5 min. ago`, `yesterday` */
export function ago(date: string, now = Date.now()): string {
  const seconds = (now - Date.parse(date)) / 1000;
  if (seconds < 60) return 'just now';
  if (seconds < 3600) return since.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return since.format(-Math.floor(seconds / 3600), 'hour');
  return since.format(-Math.floor(seconds / 86_400), 'day');
}
