using Microsoft.Extensions.DependencyInjection;

namespace TakeItDown.Matching;

/// <summary>Carries the registration of the matching services; stores, registries and decoders hang their extension methods on it.</summary>
public interface IMatchingBuilder
{
    /// <summary>The services that are being registered.</summary>
    IServiceCollection Services { get; }
}
