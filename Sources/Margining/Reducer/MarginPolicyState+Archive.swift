package import Checkpoints
internal import Markets

extension MarginPolicyState: StateValue {
  /// Reads a state.
  ///
  /// - Throws: `StateFault` when it breaks an invariant: books in order and unlike each other, margins that never fall
  ///   from tier to tier, replaced margins in the order of time, a published path of as many tiers.
  package init(from archive: inout StateArchive) throws(StateFault) {
    guard let state = MarginPolicyState(books: try [BookMarginState](from: &archive)) else {
      throw StateFault("the markets of its margins are not in order")
    }
    self = state
  }

  /// Writes the state.
  package func write(to archive: inout StateArchive) { books.write(to: &archive) }
}

extension BookMarginState: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    market = try MarketName(from: &archive)
    side = try LiquidationSide(from: &archive)
    latestRequest = try Timestamp(from: &archive)
    let margins = try [MarginFraction](from: &archive)
    inForce = MarginsInForce(margins: margins, superseded: try [MarginsInForce.Superseded](from: &archive))
    initial = try [MarginFraction](from: &archive)
    memory = try RuleMemory(from: &archive)
    guard isConsistent else { throw StateFault("the margins of \(market) \(side.rawValue) contradict each other") }
  }

  func write(to archive: inout StateArchive) {
    market.write(to: &archive)
    side.write(to: &archive)
    latestRequest.write(to: &archive)
    inForce.margins.write(to: &archive)
    inForce.superseded.write(to: &archive)
    initial.write(to: &archive)
    memory.write(to: &archive)
  }

  private var isConsistent: Bool {
    let ladders = [inForce.margins, initial] + inForce.superseded.map(\.margins)
    let instants = inForce.superseded.map(\.until) + [latestRequest]
    return !inForce.margins.isEmpty
      && ladders.allSatisfy { $0.count == inForce.margins.count && zip($0, $0.dropFirst()).allSatisfy(<=) }
      && zip(instants, instants.dropFirst()).allSatisfy(<=)
      && memory.glidePath.map { $0.applied.count == inForce.margins.count } ?? true
  }
}

extension MarginsInForce.Superseded: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    margins = try [MarginFraction](from: &archive)
    until = try Timestamp(from: &archive)
  }

  func write(to archive: inout StateArchive) {
    margins.write(to: &archive)
    until.write(to: &archive)
  }
}

extension RuleMemory: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    latestEvidence = try Timestamp?(from: &archive)
    hysteresis = try HysteresisMemory(from: &archive)
    glidePath = try GlidePath?(from: &archive)
  }

  package func write(to archive: inout StateArchive) {
    latestEvidence.write(to: &archive)
    hysteresis.write(to: &archive)
    glidePath.write(to: &archive)
  }
}

extension HysteresisMemory: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    scoresAbove = try Int(from: &archive)
    calmSince = try Timestamp?(from: &archive)
    latestScore = try Timestamp?(from: &archive)
  }

  func write(to archive: inout StateArchive) {
    scoresAbove.write(to: &archive)
    calmSince.write(to: &archive)
    latestScore.write(to: &archive)
  }
}
