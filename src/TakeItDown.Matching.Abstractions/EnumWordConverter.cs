using System.Text.Json;
using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>
/// Writes a value of an enumeration as the word that the tool prints: its name with a small first letter, such as <c>noMatch</c>. Reads the
/// word in any case, and the number that earlier versions wrote.
/// </summary>
/// <typeparam name="TEnum">The enumeration. Those of this library name the converter themselves.</typeparam>
public sealed class EnumWordConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase)
    where TEnum : struct, Enum;
