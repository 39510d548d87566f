import ArgumentParser
import Configuration
import Foundation
import Ledger
import Logging
import Margining
import MarketData
import ModelStore
import Workflows

/// Where errors become words and exit codes: 1 for bad data and failed gates, 70 for what should never happen.
enum Rim {
  /// Runs a command.
  ///
  /// - Parameter log: Where failures are said; standard error as it is when not given.
  static func run(log: Logger? = nil, _ body: () throws -> Void) throws {
    signal(SIGPIPE, SIG_IGN)
    do {
      try body()
    } catch let error as ExitCode {
      throw error
    } catch let error as any CustomStringConvertible & Error where isKnown(error) {
      say("\(error)", log)
      throw ExitCode(1)
    } catch {
      say("this is a bug: \(error)", log)
      throw ExitCode(70)
    }
  }

  private static func isKnown(_ error: any Error) -> Bool {
    switch error {
    case is SourceFailure, is RecordFault, is ConfigurationFault, is StoreFailure, is TrainingFailure,
      is EvaluationFailure, is EvaluationPictureFailure, is ExplanationFailure, is InterchangeFailure,
      is BacktestFailure, is DriftFailure, is SimulationFault, is OutputFailure, is RequestRefusal, is FileFailure,
      is SessionRefusal, is LedgerFailure, is MonitorFailure, is MetricsFile.Failure, is Refusal:
      true
    default: false
    }
  }

  private static func say(_ text: String, _ log: Logger?) {
    if let log { log.error("\(text)") } else { StandardError.write("shortfall: \(text)\n") }
  }
}

/// A job that did its work and says no.
enum Refusal: Error, CustomStringConvertible {
  case gate(String)
  case nothingToShow(String)

  var description: String {
    switch self {
    case .gate(let text), .nothingToShow(let text): text
    }
  }
}

/// A file of the user's that cannot be read or written.
struct FileFailure: Error, CustomStringConvertible {
  let path: String
  let operation: String
  let reason: String

  var description: String { "\(path): cannot \(operation): \(reason)" }
}

enum InputFile {
  static func bytes(_ path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw FileFailure(path: path, operation: "read", reason: "no such file, or not readable")
    }
    return Array(data)
  }

  static func text(_ path: String) throws -> String {
    guard let text = String(validating: try bytes(path), as: UTF8.self) else {
      throw FileFailure(path: path, operation: "read", reason: "not UTF-8 text")
    }
    return text
  }
}

enum OutputFile {
  /// Refuses a file that could not be written, before the work whose result it is to hold.
  static func check(_ path: String?) throws {
    guard let path else { return }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw FileFailure(path: path, operation: "write", reason: "it is a folder")
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: folder) else {
      throw FileFailure(path: path, operation: "write", reason: "the folder \(folder) does not exist")
    }
    guard access(folder, W_OK) == 0 else {
      throw FileFailure(path: path, operation: "write", reason: "nothing can be written into \(folder)")
    }
  }

  static func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw FileFailure(path: path, operation: "write", reason: String(cString: strerror(errno)))
    }
  }
}
