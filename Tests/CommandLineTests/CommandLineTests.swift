import Testing

/// The program as its users run it; one run at a time, so that times and processors mean something.
@Suite("Command line", .serialized)
enum CommandLineTests {}
