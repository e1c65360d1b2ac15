using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TakeItDown.Matching.Tool.Output;

namespace TakeItDown.Matching.Tool;

/// <summary>The library as the tool sets it up: no host, and warnings on standard error.</summary>
internal static class ToolServices
{
    public static ServiceProvider Create(Action<IMatchingBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddProvider(new StandardErrorLogger()));
        configure(services.AddTakeItDownMatching());
        return services.BuildServiceProvider();
    }

    /// <summary>A line a message, as other tools write their warnings.</summary>
    private sealed class StandardErrorLogger : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) Complaints.Say(formatter(state, exception));
        }

        public void Dispose() { }
    }
}
