internal import ArgumentParser
internal import Foundation

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The times from a line's going in to its answer's coming out, a thousand lines a second.
struct PacedLatency {
  private static let period: UInt64 = 1_000_000
  private static let warmUp = 1_000

  let name: String
  private var microseconds: [Double] = []

  /// The programs by turns, each started once and asked in each round.
  static func measured(_ programs: [LineProgram], lines: String, rounds: Int, linesARound: Int) throws -> [PacedLatency]
  {
    let text = [UInt8](try Data(contentsOf: URL(fileURLWithPath: lines)))
    var stream: [ArraySlice<UInt8>] = []
    var start = 0
    while stream.count < rounds * linesARound + warmUp, let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) {
      stream.append(text[start...end])
      start = end + 1
    }
    var results = programs.map { PacedLatency(name: $0.name) }
    let conversations = try programs.map { try Conversation($0) }
    for conversation in conversations { for line in stream.prefix(warmUp) { try conversation.ask(line) } }
    let measured = Array(stream.dropFirst(warmUp))
    for round in 0..<rounds {
      let lines = measured.dropFirst(round * linesARound).prefix(linesARound)
      for (index, conversation) in conversations.enumerated() {
        try results[index].pace(lines, through: conversation)
      }
    }
    for conversation in conversations { conversation.end() }
    return results
  }

  private mutating func pace(_ lines: ArraySlice<ArraySlice<UInt8>>, through conversation: Conversation) throws {
    var due = Self.now() + Self.period
    for line in lines {
      Self.wait(until: due)
      let start = Self.now()
      try conversation.ask(line)
      microseconds.append(Double(Self.now() - start) / 1_000)
      due = max(due + Self.period, start)
    }
  }

  /// The value below which a share of the times lies.
  func quantile(_ share: Double) -> Double {
    let sorted = microseconds.sorted()
    return sorted.isEmpty ? .nan : sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
  }

  /// Sleeps until shortly before an instant and then watches the clock.
  private static func wait(until instant: UInt64) {
    let now = now()
    if instant > now + 150_000 {
      var rest = timespec(tv_sec: 0, tv_nsec: Int(instant - now - 150_000))
      nanosleep(&rest, nil)
    }
    while Self.now() < instant {}
  }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

/// Gives back what it gets, as it comes: what pipes and two processes cost by themselves.
struct EchoPass: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "stream-echo", shouldDisplay: false)

  func run() throws {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count <= 0 { return }
      var position = 0
      while position < count {
        let written = buffer[position..<count].withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        if written < 0 { return }
        position += written
      }
    }
  }
}
