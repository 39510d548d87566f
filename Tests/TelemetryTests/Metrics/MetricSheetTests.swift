import Telemetry
import Testing

@Suite("A sheet of metrics")
struct MetricSheetTests {
  private static let lines = MetricFamily.counter("stream_lines_total", "Lines read.")
  private static let rejected = MetricFamily.counter(
    "stream_rejected_total", #"A \ and "quotes"."#, by: ["field", "market"])
  private static let age = MetricFamily.gauge("stream_age_seconds", "Age.", by: ["market"])

  @Test("is families by name and samples by labels, whatever the order in which they came")
  func order() {
    let expected = #"""
      # HELP stream_age_seconds Age.
      # TYPE stream_age_seconds gauge
      stream_age_seconds{market="A"} 0.25
      stream_age_seconds{market="B"} 3
      # HELP stream_lines_total Lines read.
      # TYPE stream_lines_total counter
      stream_lines_total 12

      """#
    var forward = MetricSheet()
    forward.set(Self.lines, to: 12)
    forward.set(Self.age, ["A"], to: 0.25)
    forward.set(Self.age, ["B"], to: 3.0)
    var backward = MetricSheet()
    backward.set(Self.age, ["B"], to: 3.0)
    backward.set(Self.age, ["A"], to: 0.25)
    backward.set(Self.lines, to: 12)
    #expect(forward.text == expected)
    #expect(backward.text == expected)
    #expect(MetricSheet().text.isEmpty)
  }

  @Test("escapes backslashes, quotes and line feeds in labels, and no quotes in what explains a family")
  func escaping() {
    var sheet = MetricSheet()
    sheet.set(Self.rejected, ["a\\b\"c\nd", "ü"], to: 1)
    #expect(
      sheet.text == #"""
        # HELP stream_rejected_total A \\ and "quotes".
        # TYPE stream_rejected_total counter
        stream_rejected_total{field="a\\b\"c\nd",market="ü"} 1

        """#)
  }

  @Test("writes numbers as the format's readers know them")
  func numbers() {
    for (value, text) in [
      (Double.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (-0.0, "0"), (1e-9, "1e-09"), (2.5e20, "2.5e+20"),
      (1_763_913_537.125, "1763913537.125"), (9e14, "900000000000000"),
    ] {
      var sheet = MetricSheet()
      sheet.set(Self.age, ["A"], to: value)
      #expect(sheet.text.hasSuffix("stream_age_seconds{market=\"A\"} \(text)\n"), "\(sheet.text)")
    }
  }

  @Test("has one sample for each combination of labels, the last that was set")
  func unique() {
    var sheet = MetricSheet()
    sheet.set(Self.age, ["A"], to: 1)
    sheet.set(Self.age, ["A"], to: 2)
    #expect(sheet.text.hasSuffix("gauge\nstream_age_seconds{market=\"A\"} 2\n"))
  }

  @Test("adds the labels of the process to each sample, unless the sample has one of that name")
  func shared() throws {
    let labels = [("shard", "eu"), ("market", "none")].map { MetricLabel(name: $0, value: $1) }
    var sheet = MetricSheet(shared: try labels.map { try #require($0) })
    sheet.set(Self.lines, to: 1)
    sheet.set(Self.age, ["A"], to: 2)
    #expect(sheet.text.contains("\nstream_lines_total{shard=\"eu\",market=\"none\"} 1\n"))
    #expect(sheet.text.contains("\nstream_age_seconds{market=\"A\",shard=\"eu\"} 2\n"))
  }

  @Test("knows which names labels may have")
  func names() {
    for name in ["a", "_a", "A9_b"] { #expect(MetricLabel(name: name, value: "") != nil, "\(name)") }
    for name in ["", "9a", "a-b", "a b", "ü", "__a", "a:b", "@", "["] {
      #expect(MetricLabel(name: name, value: "") == nil, "\(name)")
    }
    #expect(MetricFamily.isName("a:b_9"))
    #expect(!MetricFamily.isName("9"))
  }

  @Test("writes quantiles in seconds with a sum and a count in one group, and NaN without latencies")
  func summary() {
    let family = MetricFamily.summary("stage_seconds", "Latency.", by: ["stage"])
    var histogram = LatencyHistogram()
    for microseconds in 1...1_000 as ClosedRange<UInt64> { histogram.record(microseconds * 1_000) }
    var sheet = MetricSheet()
    sheet.set(family, ["parse"], quantiles: histogram.summary, all: histogram.summary)
    sheet.set(family, ["write"], quantiles: LatencyHistogram().summary, all: histogram.summary)
    let lines = sheet.text.split(separator: "\n").map(String.init)
    #expect(lines.count == 2 + 2 * 7)
    #expect(lines.prefix(2) == ["# HELP stage_seconds Latency.", "# TYPE stage_seconds summary"])
    #expect(lines.contains("stage_seconds_count{stage=\"parse\"} 1000"))
    #expect(lines.contains("stage_seconds_sum{stage=\"parse\"} 0.5005"))
    #expect(lines.contains("stage_seconds{stage=\"write\",quantile=\"0.99\"} NaN"))
    #expect(lines.contains { $0.hasPrefix("stage_seconds{stage=\"parse\",quantile=\"0.5\"} 0.000500") })
    #expect(lines.contains { $0.hasPrefix("stage_seconds{stage=\"parse\",quantile=\"1\"} 0.001") })
  }

  @Test("a tally tells a bounded number of keys apart and counts the others together")
  func tally() {
    var tally = Tally<String>(limit: 2)
    for key in ["b", "a", "b", "c", "d", "a"] { tally.count(key) }
    #expect(tally.entries.map(\.key) == ["a", "b"])
    #expect(tally.entries.map(\.count) == [2, 2])
    #expect(tally.others == 2)
  }
}
