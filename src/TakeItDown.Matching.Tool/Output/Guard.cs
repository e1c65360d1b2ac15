using System.CommandLine;

namespace TakeItDown.Matching.Tool.Output;

/// <summary>What ends a command early becomes a sentence and an exit code, not a stack trace.</summary>
internal static class Guard
{
    public static void SetGuardedAction(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancelled) =>
        {
            try
            {
                return await action(parsed, cancelled);
            }
            catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
            {
                return ExitCode.Cancelled;
            }
            catch (UsageException e)
            {
                return Say(e.Message, ExitCode.Usage);
            }
            catch (ListStoreException e)
            {
                return Say(e.Message, ExitCode.Incomplete);
            }
            catch (OutputException e)
            {
                // Whoever read along has had enough, as in 'takeitdown hash . | head': that is nothing to complain of.
                return e.IsReaderGone ? ExitCode.Incomplete : Say(e.Message, ExitCode.Incomplete);
            }
        });

    private static int Say(string message, int exitCode)
    {
        Complaints.Say(message);
        return exitCode;
    }
}

/// <summary>The call made no sense, which showed only after it was parsed.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>Standard output takes no more.</summary>
internal sealed class OutputException(Exception cause) : Exception($"Standard output could not be written: {cause.Message}", cause)
{
    private const int BrokenPipe = 32;

    /// <summary>Whether it is a pipe that nobody reads any more.</summary>
    public bool IsReaderGone => InnerException!.HResult == BrokenPipe;
}
