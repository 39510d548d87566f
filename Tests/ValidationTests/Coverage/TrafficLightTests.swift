import Testing
import Validation

@Suite("The Basel traffic light")
struct TrafficLightTests {
  @Test("With 250 trials at 1 %, up to four hits are green, five to nine yellow, ten and more red")
  func basel() {
    for hits in 0...250 {
      let expected: TrafficLight = hits <= 4 ? .green : hits <= 9 ? .yellow : .red
      #expect(TrafficLight(hits: hits, trials: 250, missRate: 0.01) == expected)
    }
  }

  @Test("No hits are green, however few the trials")
  func noHits() {
    #expect(TrafficLight(hits: 0, trials: 1, missRate: 0.01) == .green)
    #expect(TrafficLight(hits: 1, trials: 1, missRate: 0.01) == .red)
    #expect(TrafficLight(hits: 1, trials: 250, missRate: 0) == .red)
    #expect(TrafficLight(hits: 250, trials: 250, missRate: 1) == .red)
  }

  @Test("Impossible input has no zone")
  func undefined() {
    #expect(TrafficLight(hits: 0, trials: 0, missRate: 0.01) == nil)
    #expect(TrafficLight(hits: -1, trials: 10, missRate: 0.01) == nil)
    #expect(TrafficLight(hits: 11, trials: 10, missRate: 0.01) == nil)
    #expect(TrafficLight(hits: 1, trials: 10, missRate: .nan) == nil)
    #expect(TrafficLight(hits: 1, trials: 10, missRate: 1.1) == nil)
    #expect(TrafficLight(sequences: [[], []], missRate: 0.01) == nil)
  }

  @Test("The hits of all sequences count together")
  func pooling() {
    let parts = [HitSequences.counted(hits: 2, of: 100), HitSequences.counted(hits: 3, of: 150)]
    #expect(TrafficLight(sequences: parts, missRate: 0.01) == .yellow)
  }
}
