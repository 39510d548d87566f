internal import ArgumentParser
internal import Features
internal import Foundation

/// Runs one pass and prints its result as JSON; the benchmark starts itself anew with this command.
struct PassCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "pass", shouldDisplay: false)

  @Argument var pass: Pass
  @Option var pace = FeaturePace.standard
  @Option var snapshots = 0
  @Option(parsing: .upToNextOption) var paths: [String] = []

  func run() throws {
    let configuration = pace == .standard ? FeatureConfiguration.standard : .streaming
    let (effort, counted) = try timed {
      switch pass {
      case .reading: try readBooks(paths)
      case .plainReading: try plainlyReadBooks(paths)
      case .features: try extractFeatures(paths, configuration)
      case .featuresInParallel: try extractFeaturesInParallel(paths, configuration)
      case .plainFeatures: try plainlyExtractFeatures(paths, configuration)
      case .endlessStream: try followStream(ofSnapshots: snapshots, configuration)
      case .scoring: try scoreLines(paths)
      }
    }
    var result = counted
    result.elapsed = effort.elapsed
    result.processor = effort.processor
    result.peakMegabytes = peakMegabytes()
    FileHandle.standardOutput.write(try JSONEncoder().encode(result))
  }
}

/// The result of a pass in a process of its own.
func measured(
  _ pass: Pass, paths: [String] = [], pace: FeaturePace = .standard, snapshots: Int = 0
) throws -> PassResult {
  var arguments = ["pass", pass.rawValue, "--pace", pace.rawValue, "--snapshots", "\(snapshots)"]
  if !paths.isEmpty { arguments += ["--paths"] + paths }
  let output = try outputOfProcess(CommandLine.arguments[0], arguments)
  return try JSONDecoder().decode(PassResult.self, from: output)
}

/// What a program writes to standard output; `environment` is added to this program's own.
func outputOfProcess(
  _ program: String, _ arguments: [String], environment: [String: String] = [:]
) throws -> Data {
  let process = Process()
  process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  try process.run()
  let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else { throw BenchmarkFailure.childFailed(arguments) }
  return output
}
