namespace TakeItDown.Matching.Registries.HashFiles;

/// <summary>A list file cannot be read as a whole. The text says what to change, and quotes nothing of the file.</summary>
internal sealed class ListFormatException(string message) : Exception(message);
