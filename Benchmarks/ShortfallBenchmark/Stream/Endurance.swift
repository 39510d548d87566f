internal import Foundation

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The resident memory of a scoring process along a stream of any length, made of one stretch again and again, later each time.
struct Endurance {
  let program: LineProgram
  let lines: String

  /// Streams lines and tells the memory at each of the counts, which must rise.
  func run(stoppingAt counts: [Int], _ tell: (Int, Double) -> Void) throws {
    let stretch = try TimedLines(contentsOf: lines)
    let process = program.process()
    let pipe = Pipe()
    process.standardInput = pipe
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/null")
    try process.run()
    let descriptor = pipe.fileHandleForWriting.fileDescriptor
    var (sent, round, buffer) = (0, 0, [UInt8]())
    var stops = counts[...]
    while let stop = stops.first {
      buffer.removeAll(keepingCapacity: true)
      for _ in 0..<min(64, stop - sent) {
        stretch.append(line: sent - round * stretch.count, round: round, to: &buffer)
        sent += 1
        if sent == (round + 1) * stretch.count { round += 1 }
      }
      try Self.send(buffer, to: descriptor)
      if sent == stop {
        tell(sent, try Self.residentMegabytes(of: process.processIdentifier))
        stops.removeFirst()
      }
    }
    try pipe.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  private static func send(_ bytes: [UInt8], to descriptor: Int32) throws {
    var position = 0
    while position < bytes.count {
      let written = bytes[position...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard written > 0 else { throw BenchmarkFailure.programsDisagree("the stream was not taken") }
      position += written
    }
  }

  private static func residentMegabytes(of process: Int32) throws -> Double {
    let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }
    return (kilobytes ?? .nan) * 1_024 / 1e6
  }
}

/// Canonical lines that begin with their time, which can be told later.
private struct TimedLines {
  private static let prefix = Array(#"{"time":"#.utf8)

  private var times: [Int64] = []
  private var rests: [ArraySlice<UInt8>] = []
  private let length: Int64

  var count: Int { times.count }

  init(contentsOf path: String) throws {
    let text = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    for line in text.split(separator: UInt8(ascii: "\n")) {
      let digits = line.dropFirst(Self.prefix.count).prefix { $0 != UInt8(ascii: ",") }
      guard let time = Int64(String(decoding: digits, as: UTF8.self)) else { throw BenchmarkFailure.nothingToScore }
      times.append(time)
      rests.append(line[digits.endIndex...])
    }
    guard let first = times.first, let last = times.last else { throw BenchmarkFailure.nothingToScore }
    length = last - first + 25_000_000
  }

  func append(line: Int, round: Int, to buffer: inout [UInt8]) {
    buffer += Self.prefix
    buffer += String(times[line] + Int64(round) * length).utf8
    buffer += rests[line]
    buffer.append(UInt8(ascii: "\n"))
  }
}
