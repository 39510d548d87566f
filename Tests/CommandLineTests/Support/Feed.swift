import Foundation
import TestRecordings
import Testing

/// A run of the program that is fed line by line.
final class Feed {
  private let process = Process()
  private let input = Pipe()
  private let errorPath = Scratch.path("err")

  init(_ arguments: [String]) throws {
    process.executableURL = URL(fileURLWithPath: Invocation.program)
    process.arguments = arguments
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    try Data().write(to: URL(filePath: errorPath))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: errorPath))
    try process.run()
  }

  /// Writes lines to standard input.
  func send(_ lines: some Sequence<[UInt8]>) throws {
    try input.fileHandleForWriting.write(contentsOf: Data(lines.flatMap(\.self)))
  }

  /// Waits until a file holds so many lines.
  func waitForAnswers(_ count: Int, in path: String) throws {
    try wait { (FileManager.default.contents(atPath: path) ?? Data()).count { $0 == UInt8(ascii: "\n") } >= count }
  }

  /// Sends a signal and waits until standard error says something.
  func signal(_ number: Int32, awaiting text: String) throws {
    kill(process.processIdentifier, number)
    try wait { try errors().contains(text) }
  }

  /// Sends a signal, or ends the input, and waits for the end.
  func end(with signal: Int32?) throws -> Invocation {
    if let signal { kill(process.processIdentifier, signal) } else { try input.fileHandleForWriting.close() }
    process.waitUntilExit()
    return Invocation(
      status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal, output: Data(),
      errors: try errors())
  }

  /// What standard error holds so far.
  func errors() throws -> String { try String(contentsOfFile: errorPath, encoding: .utf8) }

  /// Waits until something is so.
  func wait(until isDone: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(30)
    while try !isDone() {
      let said = try errors()
      try #require(ContinuousClock.now < deadline && process.isRunning, "\(said)")
      usleep(2_000)
    }
  }
}
