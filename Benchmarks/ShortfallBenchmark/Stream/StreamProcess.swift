internal import Foundation

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A program that answers each line of its standard input with a line.
struct LineProgram: Sendable {
  let name: String
  let path: String
  let arguments: [String]

  /// The processor seconds of a run over a file, the answers going nowhere.
  func processorSeconds(over file: String) throws -> (processor: Double, elapsed: Double) {
    let process = self.process()
    process.standardInput = FileHandle(forReadingAtPath: file)
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/null")
    let before = childSeconds()
    let clock = ContinuousClock()
    let start = clock.now
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw BenchmarkFailure.childFailed(arguments) }
    return (childSeconds() - before, (clock.now - start) / .seconds(1))
  }

  func process() -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardError = FileHandle(forWritingAtPath: "/dev/null")
    return process
  }
}

/// The processor time of all processes that were started here and have ended, in seconds.
private func childSeconds() -> Double {
  var usage = rusage()
  #if os(Linux)
    getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
  #else
    getrusage(RUSAGE_CHILDREN, &usage)
  #endif
  return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) * 1e-6 }
}

/// A running program whose answers are awaited one by one.
final class Conversation {
  private let process: Process
  private let questions: Int32
  private let answers: Int32
  private let pipes: (Pipe, Pipe)
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  init(_ program: LineProgram) throws {
    process = program.process()
    let pipes = (Pipe(), Pipe())
    self.pipes = pipes
    process.standardInput = pipes.0
    process.standardOutput = pipes.1
    questions = pipes.0.fileHandleForWriting.fileDescriptor
    answers = pipes.1.fileHandleForReading.fileDescriptor
    try process.run()
  }

  /// Sends a line and waits for the whole answer.
  func ask(_ line: ArraySlice<UInt8>) throws {
    try line.withUnsafeBytes { bytes in
      guard write(questions, bytes.baseAddress, bytes.count) == bytes.count else {
        throw BenchmarkFailure.programsDisagree("a program took no line")
      }
    }
    while true {
      let count = read(answers, &buffer, buffer.count)
      guard count > 0 else { throw BenchmarkFailure.programsDisagree("a program gave no answer") }
      if buffer[count - 1] == UInt8(ascii: "\n") { return }
    }
  }

  func end() {
    try? pipes.0.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
