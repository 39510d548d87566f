public import Markets

extension CanonicalLineWriter {
  /// Adds a book or a report as one line with its line feed.
  public func append(_ event: MarketEvent, to output: inout [UInt8]) {
    switch event {
    case .book(let snapshot): append(snapshot, to: &output)
    case .report(let report): append(report, to: &output)
    }
  }

  /// Adds a report as one line with its line feed, numbers as in the line of a book.
  ///
  /// A report with a `fault` gives a line that does not read back.
  public func append(_ report: MarketReport, to output: inout [UInt8]) {
    appendBeginning(time: report.time, market: report.market, to: &output)
    switch report {
    case .trade(let trade):
      output.append(contentsOf: #","trade":{"price":"#.utf8)
      append(price: trade.price, size: trade.size, to: &output)
      if let aggressor = trade.aggressor {
        output.append(contentsOf: #","aggressor":"\#(aggressor.rawValue)""#.utf8)
      }
    case .figure(let figure):
      output.append(contentsOf: #","figure":{"kind":"\#(figure.kind.rawValue)","value":"#.utf8)
      appendNumber(figure.value, to: &output)
    case .liquidation(let order):
      output.append(contentsOf: #","liquidation":{"side":"\#(order.side.rawValue)","price":"#.utf8)
      append(price: order.price, size: order.size, to: &output)
    }
    output.append(contentsOf: "}}\n".utf8)
  }

  private func append(price: Double, size: Double, to output: inout [UInt8]) {
    appendNumber(price, to: &output)
    output.append(contentsOf: #","size":"#.utf8)
    appendNumber(size, to: &output)
  }
}
