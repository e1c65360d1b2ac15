using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using TakeItDown.Matching;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the durable list store.</summary>
public static class SqliteBuilderExtensions
{
    /// <summary>Keeps lists, and feedback that waits to be sent, in a SQLite file, so that a restart serves scans at once. It replaces any other store and outbox.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The path of the file, on a local disk; it and its folder are created if need be.</param>
    public static IMatchingBuilder UseSqliteStore(this IMatchingBuilder builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        // One object, so that lists and feedback share a file; it is disposed of by the provider that makes it.
        builder.Services.Replace(ServiceDescriptor.Singleton(provider => new SqliteListStore(path, provider.GetService<ILogger<SqliteListStore>>())));
        builder.Services.Replace(ServiceDescriptor.Singleton<IListStore>(provider => provider.GetRequiredService<SqliteListStore>()));
        builder.Services.Replace(ServiceDescriptor.Singleton<IFeedbackOutbox>(provider => provider.GetRequiredService<SqliteListStore>()));
        return builder;
    }
}
