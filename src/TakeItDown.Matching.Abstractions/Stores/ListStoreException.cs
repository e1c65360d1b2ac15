namespace TakeItDown.Matching;

/// <summary>A list store could not be read or written. The text is fit for logs: it holds no secret and no hash.</summary>
public sealed class ListStoreException : Exception
{
    /// <summary>Makes an exception without a text.</summary>
    public ListStoreException() { }

    /// <summary>Makes an exception that says what went wrong.</summary>
    public ListStoreException(string message) : base(message) { }

    /// <summary>Makes an exception that says what went wrong, and why.</summary>
    public ListStoreException(string message, Exception? innerException) : base(message, innerException) { }
}
