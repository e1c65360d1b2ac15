namespace TakeItDown.Matching;

/// <summary>
/// A change does not follow what the store holds: another process writes the list, too, or the store has lost it. Read the store again and go on from
/// there. The text is fit for logs: it holds no secret and no hash.
/// </summary>
public sealed class ListConflictException : Exception
{
    private const string Text = "The list store holds another state of the list than was read from it: another process writes it, too, or it was begun anew. The next refresh goes on from there.";

    /// <summary>Makes an exception that says so.</summary>
    public ListConflictException() : base(Text) { }

    /// <summary>Makes an exception with a text of one's own.</summary>
    public ListConflictException(string message) : base(message) { }

    /// <summary>Makes an exception with a text of one's own, and a cause.</summary>
    public ListConflictException(string message, Exception? innerException) : base(message, innerException) { }
}
