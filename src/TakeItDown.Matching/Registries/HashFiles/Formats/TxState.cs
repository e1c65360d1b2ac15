using System.Text.Json;

namespace TakeItDown.Matching.Registries.HashFiles.Formats;

/// <summary>
/// The state that ThreatExchange's <c>tx</c> kept of a collaboration as JSON (<c>NAME.state.json</c>):
/// <c>{"checkpoint": …, "records": {type: {signal: {"opinions": [{"category": …}]}}}}</c>.
/// </summary>
internal static class TxState
{
    /// <summary>How the state writes that a signal is of nothing harmful: by its number.</summary>
    private const string FalsePositive = "0";

    public static bool Recognises(IReadOnlySet<string> names) => names.Contains("records") && !names.Contains("value");

    public static void Read(JsonTokens json, EntryCollector into, Action<ReadOutcome> tell)
    {
        while (json.Read())
        {
            if (json.Type != JsonTokenType.PropertyName || json.Depth != 1) continue;
            if (json.Text != "records") json.Skip();
            else if (json.Read() && json.Type == JsonTokenType.StartObject) ReadTypes(json, into, tell);
        }
    }

    private static void ReadTypes(JsonTokens json, EntryCollector into, Action<ReadOutcome> tell)
    {
        while (json.Read() && json.Type == JsonTokenType.PropertyName)
        {
            var type = json.Text;
            if (!json.Read() || json.Type != JsonTokenType.StartObject)
            {
                into.Place++;
                tell(ReadOutcome.Unread);
                if (json.Type == JsonTokenType.StartArray) return;
                continue;
            }
            while (json.Read() && json.Type == JsonTokenType.PropertyName)
            {
                into.Place++;
                var signal = json.Text;
                var isCleared = ReadOpinions(json);
                tell(isCleared ? ReadOutcome.Cleared : TxSignal.Add(type, signal, [], classification: null, into));
            }
        }
    }

    /// <summary>Reads a signal's record, and says whether there are opinions and all of them clear it.</summary>
    private static bool ReadOpinions(JsonTokens json)
    {
        if (!json.Read() || json.Type is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return false;
        var (depth, opinions, cleared) = (json.Depth, 0, 0);
        while (json.Read() && json.Depth > depth)
        {
            if (json.Type != JsonTokenType.PropertyName || json.Text != "category") continue;
            var category = json.ReadText();
            opinions++;
            if (category == FalsePositive || TxSignal.IsCleared(category)) cleared++;
        }
        return opinions > 0 && cleared == opinions;
    }
}
