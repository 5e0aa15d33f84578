/** Where Vue says an error comes from, in its own words while developing and by number once built. */
const OF_HANDLERS = new Set([
  'native event handler',
  'component event handler',
  'watcher callback',
  '3',
  '5',
  '6',
])

/** Whether an error happened in answer to something, and not while the page was drawn. */
export function isOfHandler(where: string): boolean {
  return OF_HANDLERS.has(where.replace(/^https:\/\/vuejs\.org\/error-reference\/#runtime-/, ''))
}
