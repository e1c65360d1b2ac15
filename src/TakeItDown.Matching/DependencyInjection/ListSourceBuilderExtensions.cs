using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TakeItDown.Matching;
using TakeItDown.Matching.Registries.HashFiles;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers lists of other registries, files of hashes, and a store of one's own.</summary>
public static class ListSourceBuilderExtensions
{
    /// <summary>Adds a list that a class of one's own reads.</summary>
    /// <typeparam name="TSource">
    /// The class. Its constructor takes the name of the list, as a <see cref="string"/>, and any services. Where it is an <see cref="IFeedbackSource"/>, too,
    /// feedback on the list goes through the same object.
    /// </typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">What the platform calls the list; matches carry this name, and the store keeps the list under it.</param>
    public static IMatchingBuilder AddListSource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSource>(
        this IMatchingBuilder builder, string name)
        where TSource : class, IListSource => builder.AddListSource(name, provider => ActivatorUtilities.CreateInstance<TSource>(provider, name));

    /// <inheritdoc cref="AddListSource{TSource}(IMatchingBuilder, string)"/>
    /// <param name="builder">The builder.</param>
    /// <param name="name">What the platform calls the list; matches carry this name, and the store keeps the list under it.</param>
    /// <param name="create">Makes the source, once. Its <see cref="IListSource.Name"/> must be <paramref name="name"/>.</param>
    public static IMatchingBuilder AddListSource<TSource>(this IMatchingBuilder builder, string name, Func<IServiceProvider, TSource> create)
        where TSource : class, IListSource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(create);
        builder.Services.AddKeyedSingleton(name, (provider, _) => Check(create(provider), name));
        builder.Services.AddSingleton<IListSource>(provider => provider.GetRequiredKeyedService<TSource>(name));
        if (typeof(IFeedbackSource).IsAssignableFrom(typeof(TSource)))
            builder.Services.AddSingleton(provider => (IFeedbackSource)provider.GetRequiredKeyedService<TSource>(name));
        return builder;
    }

    /// <summary>
    /// Adds a list that is a file of hashes: our own format (<c>kind,value[,entry]</c> a line), what <c>md5sum</c>, <c>hashdeep</c> or <c>pdq-photo-hasher</c> print,
    /// CSV with a header, tx, Project VIC; docs/tool.md has them all. The file is read again at every refresh, and compared where it has changed.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">What the platform calls the list; matches carry this name, and the store keeps the list under it.</param>
    /// <param name="path">
    /// The path of the file. Replace it whole, by a rename: one that is read while it is written passes for a short list. A file that cannot be read, that
    /// is cut or of which nothing can be read is a refresh that failed, and what was known before stays in use.
    /// </param>
    /// <param name="kind">The kind of its hashes, where the file does not tell.</param>
    /// <param name="format">The name of its format; null, the default, where the content tells.</param>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    public static IMatchingBuilder AddHashFile(this IMatchingBuilder builder, string name, string path, HashKind kind = HashKind.None, string? format = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var known = ListFormat.Table.FirstOrDefault(each => each.Name == format);
        if (format is not null && known is null)
            throw new ArgumentException($"A file of hashes has one of the formats {string.Join(", ", ListFormat.Table.Select(each => each.Name))}.", nameof(format));
        return builder.AddListSource(name, provider => new HashFileListSource(name, path, kind, known, provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Keeps lists in a store of one's own, which replaces any other. Where it is an <see cref="IFeedbackOutbox"/>, too, it keeps feedback as well.</summary>
    /// <typeparam name="TStore">The class; its constructor may take services.</typeparam>
    /// <param name="builder">The builder.</param>
    public static IMatchingBuilder UseStore<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>(this IMatchingBuilder builder)
        where TStore : class, IListStore
    {
        ArgumentNullException.ThrowIfNull(builder);
        // One object, so that lists and feedback are kept together.
        builder.Services.TryAddSingleton<TStore>();
        builder.Services.Replace(ServiceDescriptor.Singleton<IListStore>(provider => provider.GetRequiredService<TStore>()));
        if (typeof(IFeedbackOutbox).IsAssignableFrom(typeof(TStore)))
            builder.Services.Replace(ServiceDescriptor.Singleton(provider => (IFeedbackOutbox)provider.GetRequiredService<TStore>()));
        return builder;
    }

    /// <summary>A source of another name would be a list that no option and no store knows.</summary>
    private static TSource Check<TSource>(TSource source, string name)
        where TSource : class, IListSource => source.Name == name ? source
            : throw new InvalidOperationException($"The list '{name}' is registered with a source that calls it otherwise; make {typeof(TSource).Name}.{nameof(IListSource.Name)} the name it is given.");
}
