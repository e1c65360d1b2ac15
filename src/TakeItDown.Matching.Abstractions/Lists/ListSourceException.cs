namespace TakeItDown.Matching;

/// <summary>A registry could not be read. The text is fit for logs: it holds no secret and no hash.</summary>
public sealed class ListSourceException : Exception
{
    /// <summary>Makes an exception without a text.</summary>
    public ListSourceException() { }

    /// <summary>Makes an exception that says what went wrong.</summary>
    public ListSourceException(string message) : base(message) { }

    /// <summary>Makes an exception that says what went wrong, and why.</summary>
    public ListSourceException(string message, Exception? innerException) : base(message, innerException) { }
}
