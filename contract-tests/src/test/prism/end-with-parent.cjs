// Loaded into the mock server, which exits when the tests that started it have ended or crashed.
process.stdin.resume().on('close', () => process.exit());
