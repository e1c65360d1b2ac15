using Microsoft.Extensions.Logging;

namespace TakeItDown.Matching.Sqlite;

/// <summary>What the store says in logs.</summary>
internal static partial class Log
{
    [LoggerMessage(150, LogLevel.Error, "The list store was damaged. It is kept as '{Path}'; its lists are read from their registries anew. Feedback that waited in it is not sent.")]
    public static partial void SetAside(ILogger logger, string path);
}
