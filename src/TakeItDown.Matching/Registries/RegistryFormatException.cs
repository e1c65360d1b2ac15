namespace TakeItDown.Matching.Registries;

/// <summary>A document of the registry is malformed as a whole. The text quotes nothing of it.</summary>
internal sealed class RegistryFormatException(string message, Exception? innerException = null) : Exception(message, innerException);
