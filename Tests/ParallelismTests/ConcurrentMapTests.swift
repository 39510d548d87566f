import Parallelism
import Testing

@Suite("Concurrent map")
struct ConcurrentMapTests {
  @Test(arguments: [0, 1, 2, 1_000])
  func resultsKeepTheOrderOfTheElements(count: Int) {
    let elements = Array(0..<count)
    #expect(concurrentMap(elements) { $0 * $0 } == elements.map { $0 * $0 })
  }
}
