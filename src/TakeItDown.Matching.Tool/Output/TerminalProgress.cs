using Spectre.Console;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Tool.Output;

/// <summary>A progress line on standard error, on a terminal only: nothing that is piped ever holds it.</summary>
internal static class TerminalProgress
{
    /// <summary>Runs work that writes results as it goes. Where they appear on the terminal themselves, they are progress enough.</summary>
    public static Task<T> RunBesideOutputAsync<T>(string title, Func<Action<string, double?>, Task<T>> work) =>
        Console.IsOutputRedirected ? RunAsync(title, work) : work(static (_, _) => { });

    /// <summary>Runs work that may report what it is at, and how far.</summary>
    public static Task<T> RunAsync<T>(string title, Func<Action<string, double?>, Task<T>> work)
    {
        if (Console.IsErrorRedirected) return work(static (_, _) => { });
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(enabled: true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var task = context.AddTask(Markup.Escape(VisibleText.Clean(title)), maxValue: 1);
                task.IsIndeterminate = true;
                return work((text, fraction) =>
                {
                    task.Description = Markup.Escape(VisibleText.Clean(text));
                    task.IsIndeterminate = fraction is null;
                    if (fraction is { } share) task.Value = share;
                });
            });
    }
}
