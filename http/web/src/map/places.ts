/// Names that tell an operator where the map is: Nepal's large towns, quarters of the Kathmandu valley,
/// neighbours. [English, Nepali, longitude, latitude, shown from this zoom on].

export type Place = readonly [en: string, ne: string, lng: number, lat: number, zoom: number];

export const countries: readonly Place[] = [
  ['Nepal', 'नेपाल', 83.95, 28.62, 3],
  ['India', 'भारत', 79.5, 25.4, 3],
  ['China', 'चीन', 88.0, 31.2, 3],
  ['Bhutan', 'भुटान', 90.4, 27.4, 5],
  ['Bangladesh', 'बङ्गलादेश', 89.9, 24.2, 4],
];

export const towns: readonly Place[] = [
  ['Kathmandu', 'काठमाडौँ', 85.324, 27.7172, 5],
  ['Pokhara', 'पोखरा', 83.9856, 28.2096, 5.5],
  ['Biratnagar', 'विराटनगर', 87.2718, 26.4525, 6],
  ['Nepalgunj', 'नेपालगन्ज', 81.6167, 28.05, 6],
  ['Dhangadhi', 'धनगढी', 80.5933, 28.6957, 6],
  ['Bharatpur', 'भरतपुर', 84.4342, 27.6766, 6.5],
  ['Birgunj', 'वीरगञ्ज', 84.8777, 27.0104, 6.5],
  ['Butwal', 'बुटवल', 83.4484, 27.7006, 6.5],
  ['Janakpur', 'जनकपुर', 85.9266, 26.7288, 6.5],
  ['Dharan', 'धरान', 87.2836, 26.8065, 7.5],
  ['Itahari', 'इटहरी', 87.2747, 26.6646, 8],
  ['Hetauda', 'हेटौँडा', 85.0322, 27.4287, 7.5],
  ['Siddharthanagar', 'सिद्धार्थनगर', 83.45, 27.5, 8],
  ['Birendranagar', 'वीरेन्द्रनगर', 81.6339, 28.6019, 7],
  ['Tulsipur', 'तुलसीपुर', 82.2973, 28.131, 7.5],
  ['Ghorahi', 'घोराही', 82.4864, 28.0588, 7.5],
  ['Mahendranagar', 'महेन्द्रनगर', 80.1744, 28.9694, 7],
  ['Damak', 'दमक', 87.7036, 26.6586, 8],
  ['Birtamod', 'बिर्तामोड', 87.9906, 26.6436, 8],
  ['Jumla', 'जुम्ला', 82.183, 29.2747, 7],
  ['Jomsom', 'जोमसोम', 83.7314, 28.7804, 7],
  ['Namche', 'नाम्चे', 86.7147, 27.8069, 7],
  ['Lumbini', 'लुम्बिनी', 83.2763, 27.4693, 8],
  ['Gorkha', 'गोरखा', 84.6281, 28.0, 8],
  ['Dhulikhel', 'धुलिखेल', 85.5561, 27.6225, 9],
  ['Lalitpur', 'ललितपुर', 85.3188, 27.6644, 9.2],
  ['Bhaktapur', 'भक्तपुर', 85.4298, 27.671, 9],
  ['Kirtipur', 'कीर्तिपुर', 85.2777, 27.6681, 10],
  ['Banepa', 'बनेपा', 85.5214, 27.6298, 10],
  ['Thamel', 'ठमेल', 85.3117, 27.7154, 12],
  ['Baneshwor', 'बानेश्वर', 85.342, 27.6893, 11.5],
  ['Boudha', 'बौद्ध', 85.362, 27.7215, 11],
  ['Budhanilkantha', 'बूढानीलकण्ठ', 85.3653, 27.7786, 10.5],
  ['Kalanki', 'कलंकी', 85.281, 27.6933, 11.5],
  ['Balaju', 'बालाजु', 85.3013, 27.7345, 12],
  ['Maharajgunj', 'महाराजगञ्ज', 85.3303, 27.7394, 12],
  ['Koteshwor', 'कोटेश्वर', 85.3478, 27.6782, 12],
  ['Jawalakhel', 'जावलाखेल', 85.3136, 27.6727, 12],
  ['Tribhuvan Airport', 'त्रिभुवन विमानस्थल', 85.3591, 27.6966, 12],
  ['Lakeside', 'लेकसाइड', 83.9584, 28.2096, 11.5],
];

/// Farther than this (in degrees of latitude) a name says nothing.
const nearby = 0.7;

/// The town nearest to a point, of those that a map of this zoom names; null if none is near.
export function nearestTown(lng: number, lat: number, zoom: number): Place | null {
  const narrow = Math.cos((lat * Math.PI) / 180);
  let nearest: Place | null = null;
  let distance = nearby;
  for (const town of towns) {
    const away = Math.hypot((town[2] - lng) * narrow, town[3] - lat);
    if (town[4] > zoom || away >= distance) continue;
    nearest = town;
    distance = away;
  }
  return nearest;
}
