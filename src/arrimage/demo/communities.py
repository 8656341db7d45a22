"""Where invented families come from, a line each: every family is called « example » in its own language.

`weight, country, language, family; women; men`. A name in another script follows its Latin form after a slash; a `+`
after the country says that people seek refuge from there.
"""

LINES = """
30 FR fr Exemple; Camille Élodie Maëlle Inès; Loïc Étienne Hugo
26 DZ ar Mithal/مثال; Amina/أمينة Yasmine/ياسمين Khadija/خديجة; Karim/كريم Sofiane/سفيان Mourad/مراد
24 HT+ ht Egzanp; Mirlande Guerda Roseline; Wilner Jacquelin Frantz
22 MA ar Mitl/مثل; Salma/سلمى Nadia/نادية Hajar/هاجر; Anas/أنس Idris/إدريس Tarik/طارق
20 CM fr Exemplaire; Solange Clarisse Aïcha; Serge Blaise Ibrahim
18 CN zh Lizi/例子; Xiu/秀 Meiling/美玲 Fang/芳; Wei/伟 Jianguo/建国 Hao/浩
18 IN hi Udaharan/उदाहरण; Priya/प्रिया Anjali/अंजलि; Arjun/अर्जुन Rohan/रोहन
16 TN ar Namouthaj/نموذج; Olfa/ألفة Rim/ريم; Hatem/حاتم Walid/وليد
16 CO+ es Ejemplo; Valentina Luz Daniela; Andrés Mateo Julián
14 CI fr Modèle; Adjoua Affoué Mariam; Kouamé Koffi Yao
14 UA+ uk Pryklad/Приклад; Oksana/Оксана Nataliya/Наталія Iryna/Ірина; Taras/Тарас Andriy/Андрій Bohdan/Богдан
14 SY+ ar Namudhaj/نموذج; Rania/رانيا Layla/ليلى Hanan/حنان; Omar/عمر Bassel/باسل Yusuf/يوسف
13 MX es Muestreo; Itzel Paloma Lucero; Emiliano Nahuel Joaquín
12 CD+ fr Mfano; Grâce Espérance Divine; Trésor Dieudonné Héritier
12 AF+ fa Misal/مثال; Zohra/زهره Nargis/نرگس; Jawad/جواد Farid/فرید
12 IR+ fa Nemuneh/نمونه; Shirin/شیرین Parisa/پریسا; Kamran/کامران Reza/رضا
12 PH tl Halimbawa; Marisol Tala; Crisanto Jomar
12 BR pt Exemplo; Luana Beatriz Tainá; Thiago Caio João
11 VE+ es Muestra; Gabriela Isabel Rosa; Diego Rafael Simón
11 SN fr Misaal; Aminata Ndèye Coumba; Mamadou Ousmane Cheikh
11 LB ar Mathal/مثل; Joumana/جمانة Rita/ريتا; Elias/إلياس Fadi/فادي
10 VN vi Vídụ; Hồng Thảo Lan; Minh Tuấn Quang
10 NG+ en Instance; Ngozi Folake Zainab; Emeka Tunde Musa
10 TR tr Örnek; Elif Zeynep; Emre Kerem
9 BD bn Udahoron/উদাহরণ; Nusrat/নুসরাত Farida/ফরিদা; Rafiq/রফিক Tanvir/তানভীর
9 PK ur Misaal/مثال; Saima/صائمہ Hina/حنا; Bilal/بلال Usman/عثمان
9 ER+ ti Abinet/ኣብነት; Selam/ሰላም Semhar/ሰምሃር; Yonas/ዮናስ Filmon/ፊልሞን
8 ET am Misale/ምሳሌ; Hirut/ሕሩት Tigist/ትዕግሥት; Dawit/ዳዊት Abebe/አበበ
8 RO ro Exemplu; Ioana Andreea; Radu Mihai
8 RU ru Primer/Пример; Olga/Ольга Darya/Дарья; Ilya/Илья Pavel/Павел
8 MD ro Pildă; Doina Lilia; Sergiu Vasile
7 LK ta Udaranam/உதாரணம்; Kavitha/கவிதா Meena/மீனா; Kumaran/குமரன் Selvan/செல்வன்
7 KR ko Yesi/예시; Jimin/지민 Sujin/수진; Minho/민호 Junseo/준서
7 GN fr Misali; Fatoumata Kadiatou; Alpha Thierno
7 BJ fr Kpòndéwú; Sènami Pélagie; Codjo Fiacre
7 TG fr Kpɔɖeŋu; Afi Akossiwa; Kossi Yawovi
7 BF fr Makre; Alimata Wendkuni; Issouf Boukary
7 ML fr Misali; Oumou Assétou; Modibo Seydou
6 EG ar Mesal/مثال; Mona/منى Dina/دينا; Hany/هاني Sherif/شريف
6 IQ+ ar Anmudhaj/أنموذج; Zaynab/زينب Noor/نور; Ali/علي Haydar/حيدر
6 SO+ so Tusaale; Hodan Ifrah; Abdi Warsame
6 SD+ ar Mithali/مثال; Ikhlas/إخلاص Sara/سارة; Osman/عثمان Babiker/بابكر
6 BI+ rn Akarorero; Ineza Kamikazi; Ndayi Irakoze
6 RW rw Urugero; Keza Uwase; Mugisha Shema
6 MG mg Ohatra; Voahangy Noro; Rivo Tiana
6 PE es Modelo; Milagros Yesenia; Renzo Óscar
6 GR el Paradeigma/Παράδειγμα; Eleni/Ελένη Sofia/Σοφία; Nikos/Νίκος Giorgos/Γιώργος
5 GE ka Magaliti/მაგალითი; Nino/ნინო Tamar/თამარ; Giorgi/გიორგი Levan/ლევანი
5 AM hy Orinak/Օրինակ; Anahit/Անահիտ Lusine/Լուսինե; Aram/Արամ Tigran/Տիգրան
5 IL he Dugma/דוגמה; Noa/נועה Maya/מאיה; Eitan/איתן Omer/עומר
5 TH th Tuayang/ตัวอย่าง; Malee/มาลี Suda/สุดา; Somchai/สมชาย Anan/อนันต์
5 KH km Utahor/ឧទាហរណ៍; Sophea/សុភា Bopha/បុប្ផា; Dara/ដារា Sokha/សុខា
5 NP ne Udaharana/उदाहरण; Sita/सीता Maya/माया; Bikash/विकास Suman/सुमन
5 MM+ my Upama/ဥပမာ; Thiri/သီရိ Hnin/နှင်း; Aung/အောင် Kyaw/ကျော်
5 JP ja Rei/例; Haruka/遥 Yui/結衣; Kenta/健太 Daichi/大地
5 PT pt Exemplar; Matilde Leonor; Tomás Duarte
5 ES es Ejemplar; Nuria Rocío; Íñigo Álvaro
5 IT it Esempio; Chiara Giulia; Matteo Davide
5 DE de Beispiel; Anneke Greta; Jonas Lukas
5 BE fr Spécimen; Louise Margaux; Maxence Thibault
5 CU es Dechado; Yanet Mayelín; Yoel Reinier
5 GT+ es Tz'akb'al; Ixchel Marisela; Gaspar Domingo
5 SV es Patrón; Xiomara Sonia; Nelson Wilfredo
5 HN+ es Prototipo; Keyla Suyapa; Marlon Darwin
5 PL pl Przykład; Zofia Agnieszka; Jakub Wojciech
4 BG bg Primera/Пример; Elitsa/Елица Radka/Радка; Stoyan/Стоян Plamen/Пламен
4 RS sr Primerak/Примерак; Jelena/Јелена Milica/Милица; Stefan/Стефан Nikola/Никола
4 BY be Pryklada/Прыклад; Alesya/Алеся Hanna/Ганна; Yanka/Янка Ales/Алесь
4 KZ kk Mysal/Мысал; Aigerim/Айгерім Dana/Дана; Arman/Арман Nurlan/Нұрлан
4 UZ uz Misol; Dilnoza Gulnora; Jahongir Sherzod
4 AL sq Shembull; Blerta Drita; Ilir Besnik
4 HU hu Példa; Zsófia Réka; Bence Gergő
4 CZ cs Příklad; Tereza Markéta; Ondřej Vojtěch
4 GB en Sample; Poppy Imogen; Alfie Rhys
4 US en Example; Harper Savannah; Mason Tyler
4 GA fr Échantillon; Ornella Prisca; Ulrich Steeve
4 CG fr Ndakisa; Belvie Merveille; Rock Gildas
4 TD+ ar Mithalu/مثال; Achta/عشتة Zara/زارا; Mahamat/محمد Adoum/آدم
4 MR ar Mathala/مثال; Mariem/مريم Aminetou/أمينة; Sidi/سيدي Ahmedou/أحمدو
4 NE fr Misalin; Hadiza Rakia; Abdou Moussa
4 GH en Nhwɛso; Abena Esi; Kwame Kojo
4 KE sw Kielelezo; Wanjiru Akinyi; Otieno Kamau
4 MU fr Lekzanp; Priscille Anoushka; Kevyn Ashvin
4 AR es Arquetipo; Malena Azul; Facundo Lautaro
4 CL es Espécimen; Catalina Antonia; Benjamín Vicente
4 EC es Muestrario; Nayeli Sisa; Byron Inti
4 DO es Muestrita; Yokasta Altagracia; Wilkin Starlin
4 ID id Contoh; Dewi Putri; Budi Agus
4 TW zh Fanli/範例; Yating/雅婷 Shufen/淑芬; Chihming/志明 Chunchieh/俊傑
4 JO ar Mathalan/مثلا; Rasha/رشا Lubna/لبنى; Zaid/زيد Khaled/خالد
"""
