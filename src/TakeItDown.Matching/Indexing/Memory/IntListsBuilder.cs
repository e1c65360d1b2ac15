namespace TakeItDown.Matching.Indexing.Memory;

/// <summary>Writes <see cref="IntLists"/> one list after the other.</summary>
internal sealed class IntListsBuilder
{
    private readonly List<int> _runs = [];

    /// <summary>Adds a list.</summary>
    /// <param name="numbers">At least one number from 0 up, in ascending order; a number that comes again counts once.</param>
    /// <returns>The list's name.</returns>
    public int Add(ReadOnlySpan<int> numbers)
    {
        if (numbers[0] == numbers[^1]) return numbers[0];
        var start = _runs.Count;
        _runs.Add(0);
        var last = -1;
        foreach (var number in numbers)
        {
            if (number != last) _runs.Add(number);
            last = number;
        }
        _runs[start] = _runs.Count - start - 1;
        return ~start;
    }

    public IntLists Build() => new([.. _runs]);
}
