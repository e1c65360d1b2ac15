namespace TakeItDown.Matching.Telemetry;

/// <summary>
/// What is told of an exception. Only texts that promise to hold no secret and no hash become visible: of any other, and of what caused it, nobody
/// knows what the text quotes.
/// </summary>
internal static class Failure
{
    /// <summary>A sentence for whoever reads a list's status.</summary>
    public static string Describe(Exception exception) =>
        exception is ListSourceException or ListStoreException or ListConflictException ? exception.Message : $"Something unforeseen failed: {exception.GetType().Name}.";

    /// <summary>The same for the log, and of what was not foreseen the types and the stack.</summary>
    public static string Trace(Exception exception)
    {
        if (exception is ListSourceException or ListStoreException or ListConflictException) return exception.Message;
        var text = Describe(exception);
        for (var cause = exception; cause is not null; cause = cause.InnerException) text += $"{Environment.NewLine}{cause.GetType()}{Environment.NewLine}{cause.StackTrace}";
        return text;
    }
}
