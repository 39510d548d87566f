import Foundation
import TestRecordings

/// One run of the `shortfall` program.
struct Invocation {
  let status: Int32
  let wasKilled: Bool
  let output: Data
  let errors: String

  var text: String { String(decoding: output, as: UTF8.self) }
  var lines: [Substring] { text.split(separator: "\n") }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - input: A file for standard input.
  ///   - cores: The processors that the program may use, where `taskset` exists; nil allows all.
  static func run(_ arguments: [String], input: String? = nil, cores: String? = nil) throws -> Invocation {
    let running = try Running(arguments, input: input, cores: cores)
    return try running.finished()
  }

  /// The program beside the test bundle.
  static let program: String = {
    let searched = [CommandLine.arguments[0]] + CommandLine.arguments.dropFirst() + [Bundle.main.bundlePath]
    for argument in searched where argument.hasPrefix("/") {
      var folder = URL(fileURLWithPath: argument)
      for _ in 0..<5 {
        folder.deleteLastPathComponent()
        let candidate = folder.appendingPathComponent("shortfall").path
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder), !isFolder.boolValue {
          return candidate
        }
      }
    }
    return "shortfall-is-not-beside-the-test-bundle"
  }()

  /// Where `taskset` is, which binds a program to processors.
  static let taskset: String? = ["/usr/bin/taskset", "/bin/taskset"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }
}

/// A run that has not ended.
final class Running {
  private let process = Process()
  private let outputPath = Scratch.path("out")
  private let errorPath = Scratch.path("err")

  init(_ arguments: [String], input: String? = nil, cores: String? = nil) throws {
    if let cores, let taskset = Invocation.taskset {
      process.executableURL = URL(fileURLWithPath: taskset)
      process.arguments = ["-c", cores, Invocation.program] + arguments
    } else {
      process.executableURL = URL(fileURLWithPath: Invocation.program)
      process.arguments = arguments
    }
    for path in [outputPath, errorPath] { try Data().write(to: URL(fileURLWithPath: path)) }
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: input ?? "/dev/null"))
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: outputPath))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errorPath))
    try process.run()
  }

  var isRunning: Bool { process.isRunning }

  /// What standard error holds so far.
  func errorsSoFar() throws -> String { try String(contentsOfFile: errorPath, encoding: .utf8) }

  /// Ends the program at once, as a power cut would.
  func kill() { send(SIGKILL) }

  /// Sends the program a signal.
  func send(_ signal: Int32) { Foundation.kill(process.processIdentifier, signal) }

  func finished() throws -> Invocation {
    process.waitUntilExit()
    defer { for path in [outputPath, errorPath] { try? FileManager.default.removeItem(atPath: path) } }
    return Invocation(
      status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
      output: try Data(contentsOf: URL(fileURLWithPath: outputPath)), errors: try errorsSoFar())
  }
}
