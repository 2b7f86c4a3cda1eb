// The guides by topic, for the sidebar and the home page. A guide that no topic names is at the end.

const TOPICS = new Map([
  ['First steps', ['quickstart', 'inquiries', 'migration', 'faq', 'troubleshooting']],
  ['Calls', ['credentials', 'errors', 'retries-and-idempotency', 'rate-limits', 'async-and-raw', 'waiting']],
  ['Data', ['pagination', 'search', 'relations', 'fields', 'files', 'hosted-flow', 'json', 'unknown-values']],
  ['Webhooks and tests', ['webhooks', 'testing', 'testing-operations']],
  ['Frameworks', ['spring-boot', 'quarkus-and-micronaut', 'kotlin']],
  ['Operation', ['observability', 'logging-and-privacy', 'startup', 'modules']],
  ['Changes of the API', ['drift', 'regeneration']],
]);

/** Pages in groups, in the order of the topics. */
export function topics(pages) {
  const named = (page) => page.file.replace(/^guides\/|\.md$/g, '');
  const known = new Set([...TOPICS.values()].flat());
  const found = [...TOPICS].map(([title, names]) => ({
    title,
    pages: names.map((name) => pages.find((page) => named(page) === name)).filter(Boolean),
  }));
  return [...found, { title: 'More', pages: pages.filter((page) => !known.has(named(page))) }].filter(
    (topic) => topic.pages.length > 0,
  );
}
