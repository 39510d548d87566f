import Checkpoints
import Sampling
import Testing

@Suite("State archive")
struct StateArchiveTests {
  /// A part with a setting, values of every kind, and parts that grow.
  struct Machine: Resumable, Equatable {
    var numbers: [Double] = []
    var fixed = [0.0, 0]
    var text = ""
    var count = 0
    var optional: [Int64?] = []
    var lanes = SIMD4<Int64>()
    var pair = SIMD2<Double>()
    var parts: [Machine] = []

    mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
      try archive.exchange(&numbers)
      try archive.exchange(fixed: &fixed)
      try archive.exchange(&text)
      try archive.exchange(&count)
      try archive.exchange(&optional)
      try archive.exchange(&lanes)
      try archive.exchange(&pair)
      try archive.exchange(parts: &parts, blank: Machine())
    }
  }

  private var machine: Machine {
    var machine = Machine()
    machine.numbers = [1.5, -0.0, .infinity, .leastNonzeroMagnitude, .pi]
    machine.fixed = [7, 8]
    machine.text = "ΣETH/USDT\0"
    machine.count = .min
    machine.optional = [nil, .max, -1]
    machine.lanes = SIMD4(1, -2, .max, .min)
    machine.pair = SIMD2(0.1, 1e308)
    machine.parts = [Machine(), Machine(fixed: [3, 4], text: "inner")]
    return machine
  }

  private func bytes(_ machine: Machine) throws -> [UInt8] {
    var archive = StateArchive()
    var machine = machine
    try archive.exchange(&machine)
    return archive.bytes
  }

  private func restored(_ bytes: [UInt8]) throws -> Machine {
    var archive = StateArchive(reading: bytes)
    var result = Machine()
    try archive.exchange(&result)
    try archive.finish()
    return result
  }

  @Test("what was written is read back")
  func roundTrip() throws {
    #expect(try restored(bytes(machine)) == machine)
  }

  @Test("numbers keep every bit, those of NaN too")
  func exactNumbers() throws {
    var generator = SeededGenerator(seed: 1)
    var numbers = (0..<1_000).map { _ in Double(bitPattern: generator.next()) }
    numbers += [.nan, .signalingNaN, -.nan, Double(nan: 12, signaling: false), -0.0]
    let back = try restored(bytes(Machine(numbers: numbers)))
    #expect(back.numbers.map(\.bitPattern) == numbers.map(\.bitPattern))
  }

  @Test("bytes that end early or late are refused, at every length")
  func truncated() throws {
    let whole = try bytes(machine)
    for length in 0..<whole.count {
      #expect(throws: StateFault.self) { try restored(Array(whole.prefix(length))) }
    }
    #expect(throws: StateFault("1 bytes are left over")) { try restored(whole + [0]) }
  }

  @Test("as many values as the settings ask for, or none")
  func fixedCount() throws {
    let other = try bytes(Machine(fixed: [1, 2, 3]))
    #expect(throws: StateFault("3 values stand where the settings ask for 2")) { try restored(other) }
  }

  @Test("a named part is restored under its own name, and passed over under another; what follows is read either way")
  func named() throws {
    func exchange(_ number: inout Int, named name: String, _ archive: inout StateArchive) throws -> Int {
      try archive.exchange(named: name) { part throws(StateFault) in try part.exchange(&number) }
      var next = 7
      try archive.exchange(&next)
      return next
    }
    var writing = StateArchive()
    var written = 42
    _ = try exchange(&written, named: "a", &writing)
    for (name, expected) in [("a", 42), ("b", 1), ("", 1)] {
      var reading = StateArchive(reading: writing.bytes)
      var number = 1
      #expect(try exchange(&number, named: name, &reading) == 7)
      try reading.finish()
      #expect(number == expected)
    }
  }

  @Test("no bytes at all, however wrong, can stop the process or fill its memory")
  func garbage() throws {
    let whole = try bytes(machine)
    var generator = SeededGenerator(seed: 2)
    var refused = 0
    for _ in 0..<20_000 {
      var wrong = whole
      for _ in 0...generator.index(below: 3) {
        wrong[generator.index(below: wrong.count)] = UInt8(truncatingIfNeeded: generator.next())
      }
      if (try? restored(wrong)) == nil { refused += 1 }
    }
    #expect(refused > 1_000)
  }
}
