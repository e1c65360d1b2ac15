using Microsoft.Extensions.Logging;

namespace TakeItDown.Matching.Sqlite;

/// <summary>What the store says in logs.</summary>
internal static partial class Log
{
    [LoggerMessage(150, LogLevel.Error, "The list store was damaged. It is kept as '{Path}', with every hash it held: delete it when nobody needs it any more. Its lists are read from their registries anew.")]
    public static partial void SetAside(ILogger logger, string path);

    [LoggerMessage(151, LogLevel.Information, "From the damaged list store {Count} words of feedback were carried over.")]
    public static partial void FeedbackRescued(ILogger logger, int count);

    [LoggerMessage(152, LogLevel.Error, "From the damaged list store only {Count} words of feedback could be carried over; what else waited there is not sent. The file is kept as '{Path}'.")]
    public static partial void FeedbackLost(ILogger logger, int count, string path);

    [LoggerMessage(160, LogLevel.Warning, "What withdrawn entries left in unused parts of the list store could not be wiped at this start ({Kind}): another program has the file, or it may not be written. The next start tries it again.")]
    public static partial void NotWiped(ILogger logger, string kind);
}
