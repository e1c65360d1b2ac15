using Microsoft.Extensions.Configuration;

namespace TakeItDown.Matching.Registries;

/// <summary>Where in the configuration the options of a registry stand.</summary>
/// <param name="Registry">The name of the registry.</param>
/// <param name="Options">The type of its options.</param>
/// <param name="Section">The section.</param>
internal sealed record RegistrySection(string Registry, Type Options, IConfigurationSection Section);
