// Loaded into the mock server: it ends when the tests that started it are gone, however they went.
process.stdin.resume().on('close', () => process.exit());
