/// The distinct days of some rows in rising order, and each row's position among them.
struct DayIndex: Sendable {
  /// The distinct days.
  let days: [Int]

  init(_ rowDays: [Int]) {
    var days: [Int] = []
    for day in rowDays.sorted() where day != days.last { days.append(day) }
    self.days = days
  }

  /// The position of a day that is one of the distinct days.
  func position(of day: Int) -> Int {
    var low = 0
    var high = days.count
    while low < high {
      let middle = (low + high) / 2
      if days[middle] < day { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Rows regrouped so that the rows of one day are contiguous, days rising and rows in their old order within a day.
struct DayGrouping: Sendable {
  /// The old positions of the rows, day by day.
  let order: [Int]
  /// Day d holds the rows `order[starts[d] ..< starts[d + 1]]`.
  let starts: [Int]

  init(positions: [Int], dayCount: Int) {
    var starts = [Int](repeating: 0, count: dayCount + 1)
    for position in positions { starts[position + 1] += 1 }
    for day in 0..<dayCount { starts[day + 1] += starts[day] }
    var next = starts
    var order = [Int](repeating: 0, count: positions.count)
    for (row, position) in positions.enumerated() {
      order[next[position]] = row
      next[position] += 1
    }
    self.order = order
    self.starts = starts
  }
}
