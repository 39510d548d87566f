internal import Dispatch
internal import Synchronization

/// The results of `transform` for every element, in the order of the elements.
///
/// The calls run on as many threads as the machine has cores. The result does not depend on their number: each call
/// sees its own element only.
public func concurrentMap<Element: Sendable, Result: Sendable>(
  _ elements: [Element], _ transform: @Sendable (Element) -> Result
) -> [Result] {
  if elements.count < 2 { return elements.map(transform) }
  let results = Mutex([Result?](repeating: nil, count: elements.count))
  DispatchQueue.concurrentPerform(iterations: elements.count) { index in
    let result = transform(elements[index])
    results.withLock { $0[index] = result }
  }
  return results.withLock { $0.compactMap(\.self) }
}
